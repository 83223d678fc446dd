import { eventStoreContract } from "./event_store_contract.ts";
import { folderFor, openIn } from "./folder.ts";

eventStoreContract("in SQLite", (context) => openIn(folderFor(context)));
