// Small islands: every page can be read without them.
"use strict";
(() => {
  const card = document.getElementById("card");
  const review = document.getElementById("review");

  // A mention opens its card; with a modifier key, or without script, it is the link that it looks like.
  document.addEventListener("click", (event) => {
    const mention = event.target.closest("[data-mention]");
    if (!mention || !card || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const content = document.getElementById("mention-" + mention.dataset.mention);
    if (!content) return;
    event.preventDefault();
    card.querySelector(".content").replaceChildren(content.content.cloneNode(true));
    card.showModal();
  });

  // "This is wrong" opens the form for what it stands beside.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.wrong");
    if (!button || !review) return;
    if (card.open) card.close();
    for (const form of review.querySelectorAll("form[data-subject]")) {
      form.hidden = form.dataset.subject !== button.dataset.subject;
      for (const name of ["part", "start", "end"]) form.elements[name].value = button.dataset[name];
    }
    review.querySelector(".said").textContent = button.dataset.said;
    review.showModal();
    review.querySelector("form[data-subject]:not([hidden]) select").focus();
  });

  // A click beside a dialog closes it.
  for (const dialog of [card, review]) {
    if (dialog) dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
})();
