// Before anything is drawn: inside Airflow's frame follow Airflow's light or dark, unless the reader chose by hand.
"use strict";
(() => {
  const root = document.documentElement;
  if (root.dataset.theme || window.parent === window) return;
  const follow = () => {
    try {
      const outer = window.parent.document.documentElement;
      root.dataset.theme = outer.classList.contains("dark") ? "dark" : "light";
      return outer;
    } catch { return null; } // framed by a page of another origin
  };
  const outer = follow();
  if (outer) new MutationObserver(follow).observe(outer, { attributes: true, attributeFilter: ["class"] });
})();
