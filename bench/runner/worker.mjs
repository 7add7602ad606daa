// One measurement in a process of its own; the scenario says what is measured. Sends its numbers home.
const job = JSON.parse(process.argv[2]);
const { measure } = await import(`../scenarios/${job.scenario}.mjs`);
process.send(await measure(job));
process.disconnect();
