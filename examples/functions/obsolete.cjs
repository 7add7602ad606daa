/** No longer used. */
exports.handler = async () => "still here";
