// Makes one measurement of a scenario, and sends the result to the parent process.
const job = JSON.parse(process.argv[2]);
const { measure } = await import(`../scenarios/${job.scenario}.mjs`);
process.send(await measure(job));
process.disconnect();
