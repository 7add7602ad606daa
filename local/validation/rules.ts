/** Format of a region. New regions are accepted. */
export const regionRule = {
  pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d$/,
  requirement: "a region such as eu-central-1",
};

/** Format of an account ID. */
export const accountRule = {
  pattern: /^\d{12}$/,
  requirement: "an account ID of 12 digits",
};

/** Format of role and user names. */
export const iamNameRule = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  requirement: "1 to 64 letters, digits and characters of _+=,.@-",
};
