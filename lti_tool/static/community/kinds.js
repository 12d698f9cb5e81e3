// Shows the fields that the chosen kind of post asks for. The others keep what was typed in them, and are sent too.

const form = document.querySelector("form[data-draft]");

function show() {
  const chosen = form.elements.namedItem("kind").value;
  for (const box of form.querySelectorAll("[data-kinds]")) {
    box.hidden = !box.dataset.kinds.split(" ").includes(chosen) && !("wrong" in box.dataset);
  }
}

for (const tags of form.querySelectorAll("[data-of-kinds]")) tags.hidden = true; // the choice says it
form.addEventListener("change", show);
show();
