import { readEncodings, toOriginalRange, type TextView } from "./encodedText";

const HIDDEN = "[hidden]";

/** Shorter parts of an encoded secret also occur by chance. */
const MIN_ENCODED_LENGTH = 8;

/** AWS's request ids have this form, and no encoding of a secret has it. */
const REQUEST_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

type Range = readonly [start: number, end: number];

/**
 * Replaces secrets by `[hidden]`, however they are written: plain; escaped for a URL, JSON, JavaScript, XML or HTML, also
 * one inside another; in base64, alone or within a longer text; or in hexadecimal.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  // Nearly every text on the path of a successful call.
  const isPlain = text.length < MIN_ENCODED_LENGTH || REQUEST_ID.test(text);
  if (isPlain && !secrets.some((secret) => text.includes(secret))) return text;
  const ranges = readForms(text, secrets).flatMap((view) =>
    secrets.flatMap((secret) => findSecret(view, secret)),
  );
  if (ranges.length === 0) return text;
  ranges.sort(([a], [b]) => a - b);
  let result = "";
  let end = 0;
  for (const [rangeStart, rangeEnd] of ranges) {
    if (rangeStart >= end) result += `${text.slice(end, rangeStart)}${HIDDEN}`;
    end = Math.max(end, rangeEnd);
  }
  return result + text.slice(end);
}

/** The text in all its forms. In a form that a browser sends, `+` is a space. */
function readForms(text: string, secrets: readonly string[]): TextView[] {
  const views = readEncodings(text);
  const isForm =
    text.includes("+") && secrets.some((secret) => secret.includes(" "));
  return isForm
    ? [...views, ...readEncodings(text.replaceAll("+", " "))]
    : views;
}

function findSecret(view: TextView, secret: string): Range[] {
  const { text } = view;
  const ranges = findAll(text, secret).map((start) =>
    toOriginalRange(view, start, start + secret.length),
  );
  // The encoded forms are longer.
  if (secret.length >= text.length) return ranges;
  const bytes = Buffer.from(secret);
  for (const hex of hexForms(bytes))
    for (const start of findAll(text, hex))
      ranges.push(toOriginalRange(view, start, start + hex.length));
  for (const base64 of base64Forms(bytes))
    for (const start of findAll(text, base64)) {
      const end = start + base64.length;
      ranges.push(
        toOriginalRange(
          view,
          start - countBase64(text.slice(Math.max(0, start - 1), start)),
          end + countBase64(text.slice(end, end + 3)),
        ),
      );
    }
  return ranges;
}

function findAll(text: string, wanted: string): number[] {
  const found: number[] = [];
  for (
    let at = text.indexOf(wanted);
    at >= 0;
    at = text.indexOf(wanted, at + wanted.length)
  )
    found.push(at);
  return found;
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return hex.length < MIN_ENCODED_LENGTH ? [] : [hex, hex.toUpperCase()];
}

/**
 * The characters of base64 that depend on the secret alone, in both alphabets. There are three variants, by the number of
 * bytes before the secret: user name and password are encoded together, for example.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const size = before + bytes.length;
    const base64 = Buffer.concat([Buffer.alloc(before), bytes], size)
      .toString("base64")
      .slice(Math.ceil((before * 8) / 6), Math.floor((size * 8) / 6));
    if (base64.length < MIN_ENCODED_LENGTH) return [];
    const forUrl = base64.replaceAll("+", "-").replaceAll("/", "_");
    return forUrl === base64 ? [base64] : [base64, forUrl];
  });
}

/** Number of characters at the start of a text that belong to a base64 string whose core ended before: one, and its padding. */
function countBase64(text: string): number {
  return /^[\w+/-]?={0,2}/.exec(text)?.[0].length ?? 0;
}
