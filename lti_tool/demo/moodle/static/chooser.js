// Opens the tool's picker in a dialog, and loads the course again when something was chosen.
const dialog = document.getElementById("chooser");
const frame = dialog.querySelector(".frame");

for (const button of document.querySelectorAll("button.add")) {
  button.addEventListener("click", () => {
    const iframe = document.createElement("iframe");
    iframe.title = "Select content";
    iframe.src = button.dataset.address;
    frame.replaceChildren(iframe);
    dialog.showModal();
  });
}

document.getElementById("chooser-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => frame.replaceChildren());
window.addEventListener("message", (event) => {
  if (event.origin === location.origin && event.data?.subject === "minimoodle.contentitem") {
    dialog.close();
    location.reload();
  }
});
