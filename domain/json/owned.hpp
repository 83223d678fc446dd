// A value read from nlohmann_json, and the memory that its texts and lists stand in.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "kernel/refusal.hpp"
#include "kernel/typed_reader.hpp"

namespace crowbar {

/// What `json.get<Owned<T>>()` throws: `what()` is the fault's sentence; `fault` has its code, pointer and values.
class Refused : public std::invalid_argument {
 public:
  explicit Refused(const Fault& why) : std::invalid_argument(sentence_of(why)), fault(why) {}
  Fault fault;

 private:
  static std::string sentence_of(const Fault& fault) {
    Bytes bytes;
    write_fault(bytes, fault);
    return nlohmann::json::parse(bytes.view()).at("message").get<std::string>();
  }
};

/// A described record, or another type that a described member may have (`List<Row>`, `Dictionary<Row>`, an id).
template <class T>
concept Readable = requires(Reader& reader, T& value) {
  { read_value(reader, value) } -> std::same_as<bool>;
};

/// A value whose texts, ids, lists and dictionaries are views, with the memory that they view. What is in it lives as
/// long as the `Owned`, and stays where it is when that is moved; the JSON that it was read from may go at once. It
/// cannot be copied, and nothing can be taken out of one that nobody holds.
///
///   const auto sent = json.get<Owned<MessageSent>>();                 // throws Refused
///   Owned<MessageSent> sent;                                          // or, without exceptions:
///   if (const Fault fault = sent.read(json, Door::log)) return fault;
template <Readable T>
class Owned {
 public:
  Owned() = default;
  Owned(Owned&&) noexcept = default;
  Owned& operator=(Owned&&) noexcept = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() = default;

  /// Reads `json` with the strict reader: the bounds, codes and pointers of every other door. Commands and contexts are
  /// read at `Door::command`, where an unknown key is refused and ids are judged; what we have written ourselves
  /// (events, views, verdicts) at `Door::log`, where a newer writer's keys are passed over. After a fault the value is
  /// empty. A fault's offset counts in `json.dump()`.
  template <class Json>
  Fault read(const Json& json, Door door = Door::command) {
    memory_ = Arena();
    value_ = T{};
    Fault fault;
    std::string_view text;
    try {
      text = memory_.keep(json.dump());
    } catch (const typename Json::type_error&) {  // a string in it is not UTF-8: nlohmann notices when it writes
      fault.code = FaultCode::invalid_utf8;
      fault.offset = 0;
      return fault;
    }
    Reader reader(text, door, memory_, fault);
    if (!reader.begin(max_document_bytes) || !read_value(reader, value_) || !reader.finish()) value_ = T{};
    return fault;
  }

  const T& operator*() const& { return value_; }
  const T* operator->() const& { return &value_; }
  const T& operator*() const&& = delete;
  const T* operator->() const&& = delete;

 private:
  Arena memory_;
  T value_{};
};

}  // namespace crowbar

/// `get<Owned<T>>()` reads as a command is read; `Owned::read` takes the other door.
template <class T>
struct nlohmann::adl_serializer<crowbar::Owned<T>> {
  template <class Json>
  static crowbar::Owned<T> from_json(const Json& json) {
    crowbar::Owned<T> owned;
    if (const crowbar::Fault fault = owned.read(json)) throw crowbar::Refused(fault);
    return owned;
  }
  template <class Json>
  static void to_json(Json& json, const crowbar::Owned<T>& owned) {
    json = *owned;
  }
};
