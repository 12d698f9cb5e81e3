// Sends a form's fields as its button does, and waits for an answer. One that doesn't come in time counts as none.

const TIMEOUT = 20_000;
const MOST_AT_LAST = 60_000; // browsers send no more from a page that is left

export async function ask(address, body) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT);
  const keepalive = body.toString().length < MOST_AT_LAST;
  try {
    const sent = { method: "POST", body, headers: { Accept: "application/json" }, keepalive, signal: late.signal };
    const answer = await fetch(address, sent);
    return { status: answer.status, answer: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, answer: null };
  } finally {
    clearTimeout(timer);
  }
}
