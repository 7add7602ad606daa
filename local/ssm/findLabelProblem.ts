/** Maximum number of labels of a version. */
export const LABEL_LIMIT = 10;

/** Maximum length of a label in characters. */
export const LABEL_LENGTH = 100;

/** Returns the problem in a label, or undefined if it is valid. */
export function findLabelProblem(label: string): string | undefined {
  const isLabel =
    /^[a-zA-Z_.-][\w.-]*$/.test(label) &&
    label.length <= LABEL_LENGTH &&
    !/^(?:aws|ssm)/i.test(label);
  return isLabel
    ? undefined
    : `must be a label of at most ${LABEL_LENGTH} letters, digits and characters of _.- that does not start with a digit, aws or ssm`;
}
