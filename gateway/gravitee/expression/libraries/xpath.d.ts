// Instead of the package's own declarations, which add the types of browsers to the whole program (tsconfig.json).
import type { XPathLibrary } from "./XPathLibrary";

declare const library: XPathLibrary;
export default library;
