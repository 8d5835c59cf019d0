-- Where does it say so, in whatever spelling and behind whatever proclitic?
SELECT published_on, headline, fragment
FROM report.search('كازاخستان (قمح OR "بحر قزوين") -مخطوط*', most => 5);
