/** The validator of class-validator, which contracts need. Requests do without it: see `isValid.ts`. */
export { Validator, type ValidationError } from "class-validator";
