// Makes ids as pages without a certificate and older browsers can.

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Make a note's id: a random UUID. */
export function newId() {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Make a name for this tab, which no other has. */
export function newTab() {
  return hex(random(6));
}
