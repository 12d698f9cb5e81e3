// Tells the platform's page around this one that the registration is over.
const button = document.querySelector("[data-close]");
const platform = window.opener || window.parent;
if (platform !== window) {
  button.hidden = false;
  const target = new URL(button.dataset.close).origin;
  button.addEventListener("click", () => platform.postMessage({ subject: "org.imsglobal.lti.close" }, target));
}
