/* global exports */
exports.handler = async () => "CommonJS";
