// The two messages that pass a choice from the picker's tab to the page in Moodle's frame that opened the tab. Both
// pages are ours, yet the browser keeps their storage and channels apart: the tab's opener is all that joins them.

const CHOSEN = "medtown.chosen";
const TAKEN = "medtown.taken";
const SIGNED = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Pass the signed answer to the page that opened this tab; call back once that page has given it to Moodle. */
export function pass(answer, whenTaken) {
  window.addEventListener("message", (event) => {
    if (isOurs(event, window.opener) && event.data?.subject === TAKEN) whenTaken();
  });
  window.opener.postMessage({ subject: CHOSEN, ...answer }, location.origin);
}

/** Wait for a signed answer from a tab that this page opened, once, and only for these origins of the platform. */
export function receive(origins, whenChosen) {
  const listening = new AbortController();
  const listener = (event) => {
    if (!isOurs(event, event.source) || event.source?.opener !== window || !isAnswer(event.data, origins)) return;
    listening.abort();
    event.source.postMessage({ subject: TAKEN }, location.origin);
    whenChosen({ action: event.data.action, token: event.data.token });
  };
  window.addEventListener("message", listener, { signal: listening.signal });
}

function isOurs(event, sender) {
  return event.origin === location.origin && event.source === sender;
}

function isAnswer(data, origins) {
  return (
    data?.subject === CHOSEN &&
    typeof data.token === "string" &&
    SIGNED.test(data.token) &&
    typeof data.action === "string" &&
    origins.some((origin) => data.action.startsWith(`${origin}/`))
  );
}
