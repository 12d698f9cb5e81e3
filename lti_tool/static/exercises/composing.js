// Letters of many scripts are composed of several keys.

/** Whether a key belongs to the composing of a letter: Enter and Escape end that, and nothing else. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229; // Safari says it by the code alone
