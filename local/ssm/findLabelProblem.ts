/** Labels that one version may have. */
export const LABEL_LIMIT = 10;

/** Characters that a label may have. */
export const LABEL_LENGTH = 100;

/** What is wrong with a label. Absent: it is in order. */
export function findLabelProblem(label: string): string | undefined {
  const isLabel =
    /^[a-zA-Z_.-][\w.-]*$/.test(label) &&
    label.length <= LABEL_LENGTH &&
    !/^(?:aws|ssm)/i.test(label);
  return isLabel
    ? undefined
    : `is no label; ${LABEL_LENGTH} letters, digits and characters of _.- at most are, that begin with no digit, aws or ssm`;
}
