import type { Open } from "../../contender.ts";
import { contend } from "../chat/contend.ts";
import { validator } from "./validator.ts";

export const open: Open = (domain) => contend("zod", domain, validator);
