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

/** Format of an access key ID. Those of AWS have 20 characters; others are accepted, such as `test`. */
export const accessKeyIdRule = {
  pattern: /^\w{4,128}$/,
  requirement: "4 to 128 letters, digits and underscores",
};

/** Format of a secret access key. */
export const secretAccessKeyRule = {
  pattern: /^[!-~]{1,128}$/,
  requirement: "1 to 128 ASCII characters without whitespace",
};

/** Format of role and user names. */
export const iamNameRule = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  requirement: "1 to 64 letters, digits and characters of _+=,.@-",
};
