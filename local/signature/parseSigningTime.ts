/** Maximum difference between the time of a signature and the server's time, in minutes. */
const TOLERANCE_MINUTES = 15;

/** Parses an `X-Amz-Date` header into epoch milliseconds. Returns undefined if it is not valid. */
export function parseSigningTime(header: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(header);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(
    `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}Z`,
  );
  return Number.isNaN(time) ? undefined : time;
}

/** Returns AWS's message if a signature is too old or too new, otherwise undefined. */
export function findTimeProblem(
  signedAt: number,
  now: number,
): string | undefined {
  const tolerance = TOLERANCE_MINUTES * 60_000;
  if (signedAt < now - tolerance)
    return `Signature expired: ${formatTime(signedAt)} is now earlier than ${formatTime(now - tolerance)} (${formatTime(now)} - ${TOLERANCE_MINUTES} min.)`;
  if (signedAt > now + tolerance)
    return `Signature not yet current: ${formatTime(signedAt)} is still later than ${formatTime(now + tolerance)} (${formatTime(now)} + ${TOLERANCE_MINUTES} min.)`;
  return undefined;
}

function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}|[-:]/g, "");
}
