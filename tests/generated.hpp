// Histories that nobody wrote: any context's commands, the same ones on every machine, in every run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dice.hpp"
#include "given.hpp"
#include "kernel/core.hpp"
#include "pools.hpp"

namespace crowbar::tests {

/// A command as it was sent, and what was answered.
struct Asked {
  std::string stream;
  std::string command;
  std::string context;
  std::string verdict;
};

/// What was sent to the streams of a context `C`, and what they stored.
template <class C>
class Generated {
 public:
  Generated(std::uint64_t seed, int commands) : dice_(seed), pools_(dice_) {
    for (int n = 0; n < commands; ++n) {
      [&]<class... A>(std::type_identity<std::tuple<A...>>) {
        std::size_t chosen = dice_.below((std::variant_size_v<typename A::Contract::Command> + ...));
        const auto ask_some = [&]<class One>(std::type_identity<One>) {
          for (int tries = 0; tries < 3 && !ask<One>(n); ++tries) {
          }
          return true;
        };
        (void)((is_chosen(chosen, std::variant_size_v<typename A::Contract::Command>) &&
                ask_some(std::type_identity<A>{})) ||
               ...);
      }(std::type_identity<typename C::Aggregates>{});
    }
  }

  const std::vector<Asked>& asked() const { return asked_; }
  /// All stored lines, in the order in which they came to be.
  const std::vector<std::string>& log() const { return log_; }
  /// The stored lines of each stream, in order.
  const std::map<std::string, std::vector<std::string>>& streams() const { return streams_; }
  Dice& dice() { return dice_; }

 private:
  static bool is_chosen(std::size_t& chosen, std::size_t weight) {
    return chosen < weight || (chosen -= weight, false);
  }

  // Answers whether anything happened.
  template <class A>
  bool ask(int number) {
    // A stream may come to its end: every hundred commands there is a new one.
    const std::string newest = concat("s", std::to_string(number / 100));
    const std::string_view ids[] = {"ada", newest, newest, newest};
    static constexpr std::string_view actors[] = {"ada", "ada", "bob", "cleo"};
    const std::string stream = concat(A::Contract::name, "-", dice_.one_of(ids));
    std::string id = "018df4c1-4800-7000-8000-";
    id += std::to_string(100'000'000'000 + static_cast<std::int64_t>(asked_.size()));
    std::string_view type;
    const std::string data = some_data(std::type_identity<typename A::Contract::Command>{}, type);
    Bytes command;
    write_value(command, CommandEnvelope{{id}, {stream}, type, {}, {data}});
    const std::int64_t at = noon.ms + number / 3 - static_cast<std::int64_t>(dice_.below(2));
    Bytes context;
    write_value(context, ContextEnvelope{{at}, {{dice_.one_of(actors)}, {}}, {}});

    if (!open_.contains(stream)) open_[stream] = core_.open(A::Contract::name, stream);
    const Handle handle = open_[stream];
    core_.decide(handle, command.view(), context.view());
    const std::string verdict(core_.out());
    asked_.push_back({stream, std::string(command.view()), std::string(context.view()), verdict});
    if (!verdict.starts_with("{\"accepted\":true")) return false;
    if (!core_.apply(handle, verdict)) FAIL(verdict);
    for (const std::string& event : events_in(verdict)) {
      log_.push_back(event);
      streams_[stream].push_back(event);
    }
    return verdict.find("\"events\":[]") == std::string::npos;
  }

  // The more a command has to say the more often it comes: messages are sent all the time, a channel is closed once.
  template <class... T>
  std::string some_data(std::type_identity<std::variant<T...>>, std::string_view& type) {
    Bytes data;
    std::size_t chosen = dice_.below(((1 + 3 * description<T>.size) + ...));
    const auto write = [&]<class One>(std::type_identity<One>) {
      One command{};
      pools_.fill(command);
      write_value(data, command);
      type = description<One>.name;
      return true;
    };
    (void)((is_chosen(chosen, 1 + 3 * description<T>.size) && write(std::type_identity<T>{})) || ...);
    return std::string(data.view());
  }

  // The objects in `"events":[…]`, as their bytes.
  static std::vector<std::string> events_in(const std::string& verdict) {
    std::vector<std::string> events;
    Arena arena;
    Fault fault;
    Reader reader(verdict, Door::log, arena, fault);
    VerdictEnvelope envelope;
    if (!read_value(reader, envelope)) FAIL(verdict);
    Reader list = reader.inside(*envelope.events);
    read_items(list, [&](std::uint32_t) {
      Raw event;
      if (!list.raw(event)) return false;
      events.emplace_back(event.bytes);
      return true;
    });
    return events;
  }

  Dice dice_;
  Pools pools_;
  Core<C> core_;
  std::map<std::string, Handle> open_;
  std::vector<Asked> asked_;
  std::vector<std::string> log_;
  std::map<std::string, std::vector<std::string>> streams_;
};

/// The lines, a newline after each.
inline std::string joined(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) (joined += line) += '\n';
  return joined;
}

}  // namespace crowbar::tests
