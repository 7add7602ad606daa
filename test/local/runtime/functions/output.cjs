/* global console, process */
exports.handler = async () => {
  console.log("log %s", "one", { two: 2 });
  console.info("info");
  console.warn("warn");
  console.error("error");
  console.debug("debug");
  process.stdout.write("written\n");
  process.stderr.write(new Uint8Array([0xc3, 0xa9, 0x0a]));
  console.log("two\nlines");
  console.table([{ a: 1 }]);
};
