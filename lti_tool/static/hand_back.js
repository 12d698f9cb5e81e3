// Posts the signed answer to the platform without another press; the button stays for whoever has no JavaScript.
document.querySelector("[data-submit-at-once]").submit();
