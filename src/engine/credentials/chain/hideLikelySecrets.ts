const HIDDEN = "[hidden]";

/** A name of a secret, and its value: `"SecretAccessKey": "…"`, `password=…`. */
const NAMED =
  /((?:secret|password|passwd|passphrase|token|credential|api_?key)[\w-]{0,40}["']?\s{0,5}[=:]\s{0,5})("[^"]*"?|'[^']*'?|[^\s,;]+)/gi;

/** An option with a secret: `--password …`. */
const OPTION =
  /(--?[\w-]{0,40}(?:secret|password|passwd|passphrase|token|pin|key)[\w-]{0,40}\s{1,5})([^\s-]\S*)/gi;

/** Characters of base64, hexadecimal and URLs. */
const LONG_WORD = /[\w+/=-]{20,}/g;

/**
 * Replaces everything in a program's output that may be a secret: values of names and options that sound like one, and long
 * words of mixed characters. It is not known which secrets the program has.
 */
export function hideLikelySecrets(text: string): string {
  return text
    .replace(NAMED, `$1${HIDDEN}`)
    .replace(OPTION, `$1${HIDDEN}`)
    .replace(LONG_WORD, (word) => (isLikelySecret(word) ? HIDDEN : word));
}

/** Paths and the names of options have no digits, or no capitals. */
function isLikelySecret(word: string): boolean {
  const isMixed = /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
  return isMixed || /^(?:[\da-f]{32,}|[A-Z\d]{32,})$/.test(word);
}
