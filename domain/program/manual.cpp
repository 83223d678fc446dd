#include "program/arguments.hpp"

namespace crowbar::program {

std::string_view manual() {
  return R"(crowbar-core: business rules over lines of JSON (NDJSON)

  crowbar-core --at MS --actor ID [OPTION…] [FILE…]     decides commands; a verdict a line
  crowbar-core --with-context [OPTION…] [FILE…]         the same, each line with a context of its own
  crowbar-core --fold [FILE…]                           folds stored events; a line a stream: where it stands
  crowbar-core --view KEY [FILE…]                       projects stored events; prints the view
  crowbar-core --check [FILE…]                          is each file one JSON value, as strictly as every door reads it?
  crowbar-core --session                                every function of the core over a pipe (below)
  crowbar-core --bench CASE [OPTION…] FILE…             what the core takes, measured here
  crowbar-core --help | --version

Without a FILE, or for `-`, standard input is read. Blank lines are passed over.

DECIDING
  in    {"id":"<UUID>","stream":"channel-general","type":"send_message","expectedVersion"?:3,"data":{…}}
        With --with-context: {"command":{…},"context":{…}}
  out   {"accepted":true,"stream","version","events":[…],"claims"?:[…]}             no event: it is already so
        {"accepted":false,"rejection":{"code","message","pointer"?,"params"?}}      malformed, conflict, or a rule's no
  Each command is decided on the state of the stream that it names, as --given and the accepted ones before it left it.
  Claims are shown and not held: that a name is taken in another stream is for --facts to say, and for a store.
  --given FILE          stored events to fold first; may come more than once
  --at MS               the moment of the decision: milliseconds since 1970-01-01T00:00:00Z, 0 to 2^53-1
  --actor ID            who acts
  --role ROLE           what else they are; may come more than once
  --facts JSON          what a server found out for the rules, such as {"claimed":["channel-name:general"]}
  --context-json JSON   all of these at once: {"at":…,"actor":{"id":…,"roles"?:[…]},"facts"?:{…}}
  --events              writes the events of accepted verdicts, a line each, as --fold and --view read them; what was
                        refused is then named on standard error

FOLDING AND PROJECTING
  in    {"id","stream","version","type","schema","at","actor","command","domain","data"}, the streams in any mixture
  out   --fold: {"stream":"channel-general","version":5}, in the order in which the streams begin
        --view: {"data":…,"checkpoint":{"<stream>":<version>},"projection":"<key>","domain":"<hash>"}
  A stream halts at its first event that cannot be read, folded or projected; the others go on.

CHECKING
  out   {"input":"a.json","strict":true}
        {"input":"b.json","strict":false,"fault":{"code","message","pointer"?,"params"?}}

MEASURING
  out   {"case","ns","count","rounds"}: the median of --rounds N (31), in nanoseconds: for one command where CASE is
        decide_bytes (each alone, the state stays) or decide_batch (by 64, the state evolves; --given FILE is folded
        first), for all of the events where CASE is fold, or project to --view KEY, writing the view included
  All commands, and all events to fold, are of one stream.

SESSIONS
  A batch of requests is <size>\n<requests>, its answer <size>\n<answers>. Sizes are of bytes, in decimal.
  request   <operation> <slot>[ <size>…]\n<operands>\n        a slot is a number, 0 to 1048575, of the speaker's choice
  answer    yes <size>\n<bytes>\n  or  no <size>\n<bytes>\n    no: the core refused, and the bytes say why
  open N aggregate stream · fold N events · decide N command context · act N command context (decides and evolves) ·
  many N commands context · apply N verdict · version N · claims N · admits N actor · snapshot N · restore N bytes ·
  view N key · load N bytes · pages N key stored · project N events · begin N stream version · bytes N ·
  page N number · touched N · checkpoint N · key N · keys N event · close N · check N bytes

OPTIONS OF ALL
  --context NAME        which context's rules; the first of them where nothing is said
  --domain HEX          the SHA-256 that stands in events and views as the module that made them; 64 zeros without it

ERRORS
  What is malformed is named on standard error as FILE:LINE: message (code at pointer), and the rest goes on. A command
  that is malformed has its verdict, too. A rejection by a rule or a conflict of versions is an answer, and no error.

EXIT CODES
  0   all was read          2   the command line is wrong, or a request of a session is none
  1   some was malformed    3   a file could not be read, or the output not be written

SOURCE
  The same functions as the module's: domain/kernel/core.hpp. Limits: a command and a context 64 KiB, an event 128 KiB,
  32 levels, 256 members an object, integers up to 2^53-1. JSON: RFC 8259, less what two parsers could read in two ways.
)";
}

}  // namespace crowbar::program
