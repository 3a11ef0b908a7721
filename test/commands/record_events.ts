import { withStore } from "../../src/commands/with_store.ts";
import { MACHINE } from "../../src/machine.ts";
import { auditAt } from "../fixture.ts";
import { contextOf } from "./run_in_process.ts";

// bun record_events.ts NAME COUNT: a command that records so many events, one after the other.
const [name = "", count = ""] = process.argv.slice(2);
await withStore(contextOf(process.env), async (store) => {
  for (let index = 0; index < Number(count); index += 1) {
    await store.invite(`${name}.${index}@a.example`, auditAt(MACHINE.now()));
  }
});
