// Runs in a process of its own, whose flag stands for a page without 'unsafe-eval'.

import type { Bench } from "../bench.ts";
import { measureObjects } from "../cases/decide.ts";
import { type ContenderName, noDomain } from "../contender.ts";
import { openContenders } from "../contenders.ts";

type Given = { readonly bundles: readonly [ContenderName, string][]; readonly rounds: Bench["rounds"] };

const { bundles, rounds } = JSON.parse(process.argv[2] ?? "{}") as Given;
const contenders = await openContenders(new Map(bundles));
const medians = await measureObjects({ contenders, domain: contenders[0]?.domain ?? noDomain, rounds });
process.stdout.write(JSON.stringify([...medians]));
