// The whole surface of the module: a fixed, small number of functions over integers. Bytes are passed in the module's
// memory: the caller asks for room with `input(size)`, writes there, calls, and finds the answer where the two words at
// `answer()` say, until the next call. No business word stands here; a context is linked in by its registry.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kernel/core.hpp"
#include "module.hpp"

namespace {

using crowbar::Handle;

// They live as long as the module, at addresses that are known when it is linked.
[[clang::no_destroy]] crowbar::Core<crowbar::Module> core;
[[clang::no_destroy]] crowbar::Bytes buffer;

std::string_view input(std::uint32_t from, std::uint32_t size) { return {buffer.data() + from, size}; }

std::uint32_t address(const void* at) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(at)); }

// More than there is memory at all is never asked of the allocator: beyond 2 GiB it would take the size for negative,
// and give the end of its heap away.
std::uint32_t room(std::uint32_t size) {
  constexpr std::uint32_t all_memory = std::uint32_t{1} << 30;
  if (size > all_memory) std::abort();
  buffer.clear();
  return address(buffer.room(size));
}
// Where the answer of the last call stands, and its size: two words that the caller reads in memory, without a call.
struct Answer {
  const char* at;
  std::uint32_t size;
};
Answer last_answer;
std::uint32_t answer() { return address(&last_answer); }
template <class T>
T answering(T result) {
  const std::string_view out = core.out();
  last_answer = {out.data(), static_cast<std::uint32_t>(out.size())};
  return result;
}

bool set_domain(std::uint32_t size) {
  core.set_domain(input(0, size));
  return true;
}

Handle open(std::uint32_t aggregate, std::uint32_t stream) {
  return answering(core.open(input(0, aggregate), input(aggregate, stream)));
}
bool fold(Handle handle, std::uint32_t size) { return answering(core.fold(handle, input(0, size))); }
bool apply(Handle handle, std::uint32_t size) { return answering(core.apply(handle, input(0, size))); }
// What is called for every keystroke and every request is exported beside Embind: its invoker costs a fifth of a
// decision where no code may be generated (docs/decisions/0010).
extern "C" EMSCRIPTEN_KEEPALIVE bool crowbar_decide(Handle handle, std::uint32_t command, std::uint32_t context) {
  constexpr std::uint32_t same = ~0U;  // in place of a size: the context of the last decision
  if (context == same) return answering(core.decide_again(handle, input(0, command)));
  return answering(core.decide(handle, input(0, command), input(command, context)));
}
// Room for 32 numbers first, then the texts, then the context; see kernel/fields.hpp.
extern "C" EMSCRIPTEN_KEEPALIVE bool crowbar_decide_fields(Handle handle, std::uint32_t command, std::uint32_t numbers,
                                                           std::uint32_t text, std::uint32_t context) {
  constexpr std::uint32_t size = 32 * sizeof(std::int64_t);
  const auto* first = reinterpret_cast<const std::int64_t*>(buffer.data());
  const crowbar::CommandFields fields{command, {first, numbers}, input(size, text)};
  return answering(core.decide_fields(handle, fields, input(size + text, context)));
}
bool decide_many(Handle handle, std::uint32_t commands, std::uint32_t context) {
  return answering(core.decide_many(handle, input(0, commands), input(commands, context)));
}
double version(Handle handle) { return static_cast<double>(core.version(handle)); }
bool claims(Handle handle) { return answering(core.claims(handle)); }
bool admits(Handle handle, std::uint32_t actor) { return answering(core.admits(handle, input(0, actor))); }
bool snapshot(Handle handle) { return answering(core.snapshot(handle)); }
Handle restore(std::uint32_t size) { return answering(core.restore(input(0, size))); }

Handle view(std::uint32_t size) { return answering(core.view(input(0, size))); }
Handle load_view(std::uint32_t size) { return answering(core.load_view(input(0, size))); }
Handle pages(std::uint32_t key, std::uint32_t stored) {
  return answering(core.pages(input(0, key), input(key, stored)));
}
bool project(Handle handle, std::uint32_t size) { return answering(core.project(handle, input(0, size))); }
bool begin_after(Handle handle, std::uint32_t stream, double version) {
  return answering(core.begin_after(handle, input(0, stream), static_cast<std::int64_t>(version)));
}
bool view_bytes(Handle handle) { return answering(core.view_bytes(handle)); }
bool page_bytes(Handle handle, std::uint32_t page) { return answering(core.view_bytes(handle, page)); }
bool touched(Handle handle) { return answering(core.touched(handle)); }
bool view_checkpoint(Handle handle) { return answering(core.view_checkpoint(handle)); }
bool view_key(Handle handle) { return answering(core.view_key(handle)); }
bool view_keys(Handle handle, std::uint32_t size) { return answering(core.view_keys(handle, input(0, size))); }

bool close(Handle handle) { return answering(core.close(handle)); }
bool check(std::uint32_t size) { return answering(core.check(input(0, size))); }

}  // namespace

// Embind's own library registers every type that it knows: strings of four kinds, views of memory, JavaScript's values.
// Each brings its part of the glue. Its two functions stand here in place of the library's, for the types of the
// functions below, and it is not linked.
extern "C" {
// Embind asks for the name of a type that was never bound, to complain of it; there is none.
EMSCRIPTEN_KEEPALIVE char* __getTypeName(const void*) { return static_cast<char*>(std::calloc(1, 1)); }
EMSCRIPTEN_KEEPALIVE __attribute__((constructor)) void __embind_register_native_and_builtin_types() {
  using namespace emscripten::internal;
  _embind_register_bool(TypeID<bool>::get(), "bool", sizeof(bool), true, false);
  _embind_register_integer(TypeID<Handle>::get(), "unsigned int", sizeof(Handle), 0, ~Handle{0});
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
}
}

EMSCRIPTEN_BINDINGS(crowbar) {
  using emscripten::function;
  function("input", &room);
  function("answer", &answer);
  function("setDomain", &set_domain);
  function("open", &open);
  function("fold", &fold);
  function("apply", &apply);
  function("decideMany", &decide_many);
  function("version", &version);
  function("claims", &claims);
  function("admits", &admits);
  function("snapshot", &snapshot);
  function("restore", &restore);
  function("view", &view);
  function("loadView", &load_view);
  function("pages", &pages);
  function("project", &project);
  function("beginAfter", &begin_after);
  function("viewBytes", &view_bytes);
  function("pageBytes", &page_bytes);
  function("touched", &touched);
  function("viewCheckpoint", &view_checkpoint);
  function("viewKey", &view_key);
  function("viewKeys", &view_keys);
  function("close", &close);
  function("check", &check);
}
