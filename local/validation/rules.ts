/** What a region is; the list of regions is open. */
export const regionRule = {
  pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d$/,
  meaning: "a region is written like eu-central-1",
};

/** What an account id is. */
export const accountRule = {
  pattern: /^\d{12}$/,
  meaning: "an account id has 12 digits",
};

/** What a role or a user may be called. */
export const iamNameRule = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  meaning: "1 to 64 letters, digits and characters of _+=,.@- make a name",
};
