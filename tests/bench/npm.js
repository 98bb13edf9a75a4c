// npm.js BRAIN INPUTS SECONDS - the npm package "rivescript", measured as
// tests/bench/rive measures us.
const fs = require("fs");
const RiveScript = require("rivescript");

const [brain, inputs, seconds] = process.argv.slice(2);
const lines = fs.readFileSync(inputs, "utf8").split("\n").filter((l) => l);
const now = () => Number(process.hrtime.bigint());

async function rounds(rive, ns, least, times, stars) {
	const start = now();
	let i = 0;

	while (now() - start < ns || i < least) {
		if (i % lines.length === 0)
			rive.clearUservars("user");
		const before = now();
		await rive.reply("user", lines[i++ % lines.length]);
		times.push(now() - before);
		if ((await rive.initialMatch("user")) === "*")
			stars.n++;
	}
	return { n: i, ns: now() - start };
}

async function main() {
	console.error = () => {};
	const rive = new RiveScript();
	const t0 = now();
	rive.stream(fs.readFileSync(brain, "utf8"), () => {});
	const t1 = now();
	rive.sortReplies();
	const t2 = now();
	await rounds(rive, Math.min(2e9, seconds * 2e8), 1, [], { n: 0 });
	const times = [], stars = { n: 0 };
	const all = await rounds(rive, seconds * 1e9, 30, times, stars);
	const peak = /VmHWM:\s+(\d+)/.exec(
		fs.readFileSync("/proc/self/status", "utf8"))[1];

	times.sort((a, b) => a - b);
	console.log(JSON.stringify({
		impl: "npm", brain: brain.split("/").pop(),
		parse_ms: (t1 - t0) / 1e6, sort_ms: (t2 - t1) / 1e6,
		replies: all.n, rps: all.n / (all.ns / 1e9),
		med_us: times[times.length >> 1] / 1e3,
		p99_us: times[Math.floor(times.length * 0.99)] / 1e3,
		rss_mb: peak / 1024, star: stars.n / all.n,
	}));
}

main();
