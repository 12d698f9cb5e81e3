// Notices when somebody leaves an element for another place of the page: by keyboard at once; by pointer when the
// press is over, since what is pressed must stay under the pointer until then. A window that only loses the focus, and
// a press that begins inside, leave nothing.

/** Call `leave` once when the person goes elsewhere; give the function that stops the watch. */
export function whenLeft(inside, leave) {
  let isPressed = false;
  let beganInside = false;
  const leaveFor = (target) => {
    if (inside.contains(target) || !target.isConnected || stop.isOver) return;
    stop();
    leave();
  };
  const press = (event) => {
    isPressed = true;
    beganInside = inside.contains(event.target);
  };
  const release = () => setTimeout(() => (isPressed = false));
  const click = (event) => {
    if (!beganInside) setTimeout(() => leaveFor(event.target));
    beganInside = false;
  };
  const focus = (event) => isPressed || leaveFor(event.target);
  const heard = { pointerdown: press, pointerup: release, pointercancel: release, click, focusin: focus };
  const stop = () => {
    stop.isOver = true;
    Object.entries(heard).forEach(([name, listen]) => document.removeEventListener(name, listen, true));
  };
  Object.entries(heard).forEach(([name, listen]) => document.addEventListener(name, listen, true));
  return stop;
}
