/** Records a broken rule: the path of the value, the rule, and a message. */
export type ReportIssue = (path: string, rule: string, message: string) => void;
