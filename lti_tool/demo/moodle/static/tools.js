// Shows the tool's registration page, and the list again when that page says it is done.
const container = document.getElementById("external-registration-container");

document.getElementById("add-tool-form").addEventListener("submit", () => {
  container.hidden = false;
});
document.getElementById("cancel-external-registration").addEventListener("click", () => location.reload());
window.addEventListener("message", (event) => {
  if (event.data?.subject === "org.imsglobal.lti.close") {
    location.reload();
  }
});
