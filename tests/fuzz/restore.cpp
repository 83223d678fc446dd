// Snapshots of hostile bytes. The checksum is put right, so that the fuzzer comes through to what stands behind it.
// The first byte says what the rest is: 'c' a channel's state, 'u' a user's, else a whole snapshot without its
// checksum.
#include <cstdint>
#include <vector>

#include "channel.hpp"
#include "kernel/archive.hpp"
#include "kernel/digest.hpp"
#include "kernel/snapshot.hpp"

namespace crowbar::fuzz {
namespace {

// The header of a stream's snapshot: what stands before its version.
const std::string& header(std::string_view aggregate) {
  static const auto made = [](std::string_view name, std::string_view stream) {
    Chat core;
    const std::string whole = state_of(core, core.open(name, stream));
    return whole.substr(0, whole.find(stream) + stream.size());
  };
  static const std::string channel = made("channel", "channel-general");
  static const std::string user = made("user", "user-ada");
  return aggregate == "channel" ? channel : user;
}

std::string sealed(std::string_view body) {
  Bytes out;
  out.append(body);
  Saver save(out);
  const Digest digest = Digest{}.then(body);
  save(digest.low);
  save(digest.high);
  return std::string(out.view());
}

}  // namespace
}  // namespace crowbar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace crowbar;
  using namespace crowbar::fuzz;
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::string body;
  if (input[0] == 'c') body = header("channel");
  if (input[0] == 'u') body = header("user");
  body += input.substr(1);

  Chat core;
  const std::vector<char> raw(data, data + size);
  if (core.restore({raw.data(), size}) == 0) claim_json(core);
  const std::string whole = sealed(body);
  const Handle restored = core.restore(whole);
  if (restored == 0) {
    claim_json(core);
    return 0;
  }
  const std::string state = state_of(core, restored);
  const Handle again = core.restore(state);
  claim(again != 0 && state_of(core, again) == state, "what a restored stream saves it restores");
  core.claims(restored);
  for (const char* type : {"send_message", "edit_message", "delete_message", "add_reaction", "remove_reaction",
                           "rename_channel", "join_channel", "leave_channel", "archive_channel", "rename_user"}) {
    for (const char* data_of : {R"({"messageId":"m1","text":"hi"})", "{\"messageId\":\"m1\",\"emoji\":\"\U0001F44D\"}",
                                R"({"messageId":"m1"})", R"({"name":"x"})", "{}"}) {
      std::string command = R"({"id":"018df4c1-4800-7000-8000-000000000001","stream":")";
      command += input[0] == 'u' ? "user-ada" : "channel-general";
      ((((command += R"(","type":")") += type) += R"(","data":)") += data_of) += '}';
      claim(core.decide(restored, command, R"({"at":1,"actor":{"id":"ada"}})"), "a restored stream decides");
      const std::string verdict = out_of(core);  // of a forged state, so its texts may be anything
      if (verdict.starts_with("{\"accepted\":true")) core.apply(again, verdict);
    }
  }
  core.fold(restored, general());
  state_of(core, restored);
  return 0;
}
