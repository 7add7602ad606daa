require("node:fs").writeSync(1, ".");
