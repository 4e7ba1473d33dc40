// Filters only; the page is whole without it.
const find = document.querySelector(".filter");
find.hidden = false;
find.addEventListener("input", () => {
  const wanted = find.value.trim().toLowerCase();
  for (const link of document.querySelectorAll("nav .person")) {
    link.hidden = !link.textContent.toLowerCase().includes(wanted);
    link.style.display = link.hidden ? "none" : "";
  }
});
for (const row of document.querySelectorAll(".kinds")) {
  row.hidden = false;
  row.addEventListener("click", (event) => {
    const show = event.target.dataset.show;
    if (!show) return;
    for (const button of row.children) button.setAttribute("aria-pressed", String(button === event.target));
    for (const mail of row.parentElement.querySelectorAll(":scope > .mail")) {
      mail.style.display = show === "all" || mail.classList.contains(show) ? "" : "none";
    }
  });
}
