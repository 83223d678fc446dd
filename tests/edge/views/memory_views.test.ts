import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { viewStoreContract } from "./view_store_contract.ts";

viewStoreContract("views in memory", async () => new MemoryViews());
