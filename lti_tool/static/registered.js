// Tells the platform's page around this one that the registration is over.
const button = document.querySelector("[data-close]");
const platform = window.opener || window.parent;
if (platform !== window) {
  button.hidden = false;
  const target = new URL(button.dataset.close).origin;
  const close = () => platform.postMessage({ subject: "org.imsglobal.lti.close" }, target);
  button.addEventListener("click", () => setTimeout(close)); // the press is over before this frame is taken away
}
