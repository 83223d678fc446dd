// The whole of one context behind numbers and bytes: what the module exports, what native programs and tests call.
#pragma once

#include <memory>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "kernel/aggregate.hpp"
#include "kernel/projection.hpp"
#include "kernel/snapshot.hpp"

namespace crowbar {

/// A handle: the number of an open aggregate or view. 0 is none. A number is not used again before 4,095 others.
using Handle = std::uint32_t;

/// The runtime of a context `C`, which names its aggregates and projections (generated from the folders).
///
/// Every function that can refuse answers false and leaves `{"code","message","pointer"?,"params"?}` in `out()`; else
/// `out()` holds its answer, until the next call.
template <class C>
class Core {
 public:
  explicit Core(std::string_view domain = {}) { set_domain(domain); }

  /// The sha-256 of the module in hex, which stands in every event and view. A module cannot hash itself.
  void set_domain(std::string_view domain) { domain_ = domain.empty() ? std::string(64, '0') : std::string(domain); }
  std::string_view out() const { return out_.view(); }

  // ---- aggregates

  /// Opens the stream of an aggregate, in which nothing has happened yet. 0 where there is none of this name, or the
  /// stream's name is not `<aggregate>-<id>`.
  Handle open(std::string_view aggregate, std::string_view stream) {
    out_.clear();
    Handle handle = 0;
    const bool known = each_aggregate([&]<class A>(std::type_identity<A>) {
      constexpr std::string_view name = A::Contract::name;
      if (aggregate != name) return false;
      if (stream.size() > name.size() + 1 && stream.starts_with(name) && stream[name.size()] == '-' &&
          is_id(stream.substr(name.size() + 1))) {
        handle = keep(std::make_unique<Instance<A>>(stream));
      }
      return true;
    });
    if (handle == 0) refuse(known ? FaultCode::stream_invalid : FaultCode::unknown_aggregate, known ? stream : aggregate);
    return handle;
  }

  bool fold(Handle handle, std::string_view events) {
    return with_aggregate(handle, [&](auto& instance) { return answer(instance.fold(events)); });
  }
  bool apply(Handle handle, std::string_view verdict) {
    return with_aggregate(handle, [&](auto& instance) { return answer(instance.apply(verdict)); });
  }
  /// Writes the verdict; a malformed command or context is a verdict too. False only for a handle that is not open.
  bool decide(Handle handle, std::string_view command, std::string_view context) {
    return with_aggregate(handle, [&](auto& instance) {
      if (context_.read(context)) {
        instance.decide(command, context_, domain_, out_);
      } else {
        write_refused(out_, context_.fault());
      }
      return true;
    });
  }
  bool decide_many(Handle handle, std::string_view commands, std::string_view context) {
    return with_aggregate(handle, [&](auto& instance) {
      if (!context_.read(context)) return answer(context_.fault());
      instance.decide_many(commands, context_, domain_, out_);
      return true;
    });
  }
  /// The version of the stream, or -1 for a handle that is not open.
  std::int64_t version(Handle handle) {
    std::int64_t version = -1;
    with_aggregate(handle, [&](auto& instance) {
      version = instance.version();
      return true;
    });
    return version;
  }
  /// Writes the claims that the stream holds, a JSON list of keys.
  bool claims(Handle handle) {
    return with_aggregate(handle, [&](auto& instance) {
      out_.push('[');
      for (const std::string& key : instance.claims()) {
        if (out_.size() > 1) out_.push(',');
        write_text(out_, key);
      }
      out_.push(']');
      return true;
    });
  }

  /// Writes the whole state, for this module alone to take up again.
  bool snapshot(Handle handle) {
    return with_aggregate(handle, [&](auto& instance) {
      write_snapshot(instance, domain_, out_);
      return true;
    });
  }
  /// Opens the stream of a snapshot with its state, or answers 0.
  Handle restore(std::string_view bytes) {
    out_.clear();
    SnapshotReader reader;
    if (const Fault fault = reader.begin(bytes, domain_)) return answer(fault), 0;
    Handle handle = 0;
    each_aggregate([&]<class A>(std::type_identity<A>) {
      if (reader.aggregate() != A::Contract::name || !is_id(reader.stream_id())) return false;
      auto instance = std::make_unique<Instance<A>>(reader.stream());
      if (instance->restore(reader.state())) handle = keep(std::move(instance));
      return true;
    });
    if (handle == 0) refuse(FaultCode::snapshot_corrupt, {});
    return handle;
  }

  // ---- views

  /// Opens the empty view of a key, or answers 0.
  Handle view(std::string_view key) {
    out_.clear();
    return open_view(key, [](auto&) { return true; });
  }
  /// Opens a stored view, or answers 0.
  Handle load_view(std::string_view bytes) {
    out_.clear();
    Arena arena;
    Reader reader(bytes, arena);
    ViewEnvelope envelope;
    if (!reader.begin(max_document_bytes) || !read_value(reader, envelope, Door::log) || !reader.finish()) {
      return answer(reader.fault()), 0;
    }
    return open_view(envelope.projection, [&](auto& view) {
      return view.load(reader, envelope) || answer(reader.fault());
    });
  }
  bool project(Handle handle, std::string_view events) {
    return with_view(handle, [&](auto& view) { return answer(view.project(events)); });
  }
  /// Says that nothing up to `version` of `stream` concerns the view.
  bool begin_after(Handle handle, std::string_view stream, std::int64_t version) {
    return with_view(handle, [&](auto& view) { return view.begin_after(stream, version), true; });
  }
  bool view_bytes(Handle handle) {
    return with_view(handle, [&](auto& view) { return view.write(domain_, out_), true; });
  }
  bool view_checkpoint(Handle handle) {
    return with_view(handle, [&](auto& view) { return view.write_checkpoint(out_), true; });
  }
  bool view_key(Handle handle) {
    return with_view(handle, [&](auto& view) { return out_.append(view.key()), true; });
  }

  /// Writes the keys of the views that a stored event touches, a JSON list. `handle` may be an open aggregate that has
  /// folded the event, or 0: without it the answer names every page on which the event's message may be.
  bool view_keys(Handle handle, std::string_view event) {
    if (handle != 0) {
      return with_aggregate(handle, [&]<class A>(Instance<A>& instance) {
        return write_view_keys<A>(event, [&](std::string_view entity) -> std::int64_t {
          if constexpr (requires { position(instance.state(), entity); }) return position(instance.state(), entity);
          return -1;
        });
      });
    }
    out_.clear();
    Arena arena;
    Reader reader(event, arena);
    EventEnvelope envelope;
    if (!read_value(reader, envelope, Door::log)) return answer(reader.fault());
    bool ok = false;
    const bool known = each_aggregate([&]<class A>(std::type_identity<A>) {
      if (!envelope.stream.value.starts_with(std::string(A::Contract::name) + '-')) return false;
      ok = write_view_keys<A>(event, [](std::string_view) { return std::int64_t{-1}; });
      return true;
    });
    return known ? ok : refuse(FaultCode::stream_invalid, envelope.stream.value);
  }

  // ---- both

  bool close(Handle handle) {
    out_.clear();
    Slot* slot = find(handle);
    if (slot == nullptr) return refuse(FaultCode::handle_closed, {});
    slot->held = std::monostate{};
    slot->generation = (slot->generation + 1) % generations;
    free_.push_back(handle % max_open);
    return true;
  }
  /// Is `input` JSON, as strictly as every door reads it?
  bool check(std::string_view input) {
    out_.clear();
    return answer(check_json(input));
  }

 private:
  template <class... A>
  static auto pointers(std::tuple<A...>) -> std::tuple<std::unique_ptr<Instance<A>>...>;
  template <class... P>
  static auto view_pointers(std::tuple<P...>) -> std::tuple<std::unique_ptr<ViewInstance<P>>...>;
  template <class... A, class... P>
  static auto held(std::tuple<A...>, std::tuple<P...>) -> std::variant<std::monostate, A..., P...>;
  using Held = decltype(held(pointers(std::declval<typename C::Aggregates>()),
                             view_pointers(std::declval<typename C::Projections>())));
  struct Slot {
    std::uint32_t generation = 0;
    Held held;
  };
  static constexpr std::uint32_t max_open = 1U << 20;  // the low bits of a handle; the others count its generations
  static constexpr std::uint32_t generations = 1U << 12;

  template <class Visit>
  static bool each_aggregate(Visit&& visit) {
    return [&]<class... A>(std::type_identity<std::tuple<A...>>) {
      return (visit(std::type_identity<A>{}) || ...);
    }(std::type_identity<typename C::Aggregates>{});
  }
  template <class Visit>
  static bool each_projection(Visit&& visit) {
    return [&]<class... P>(std::type_identity<std::tuple<P...>>) {
      return (visit(std::type_identity<P>{}) || ...);
    }(std::type_identity<typename C::Projections>{});
  }

  Handle keep(auto instance) {
    if (slots_.empty()) slots_.emplace_back();  // number 0 stays free: a handle is never 0
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.emplace_back();
    }
    const std::uint32_t number = free_.back();
    free_.pop_back();
    slots_[number].held = std::move(instance);
    return slots_[number].generation * max_open + number;
  }
  Slot* find(Handle handle) {
    const std::uint32_t number = handle % max_open;
    if (number == 0 || number >= slots_.size()) return nullptr;
    Slot& slot = slots_[number];
    const bool open = slot.generation == handle / max_open && !std::holds_alternative<std::monostate>(slot.held);
    return open ? &slot : nullptr;
  }

  template <class Use>
  bool with_aggregate(Handle handle, Use&& use) {
    return with(handle, [&]<class T>(T& held) {
      if constexpr (requires { held.stream(); }) return use(held);
      return refuse(FaultCode::handle_closed, {});
    });
  }
  template <class Use>
  bool with_view(Handle handle, Use&& use) {
    return with(handle, [&]<class T>(T& held) {
      if constexpr (requires { held.view(); }) return use(held);
      return refuse(FaultCode::handle_closed, {});
    });
  }
  template <class Use>
  bool with(Handle handle, Use&& use) {
    out_.clear();
    Slot* slot = find(handle);
    if (slot == nullptr) return refuse(FaultCode::handle_closed, {});
    return std::visit(
        [&]<class T>(T& held) {
          if constexpr (std::is_same_v<T, std::monostate>) {
            return refuse(FaultCode::handle_closed, {});
          } else {
            return use(*held);
          }
        },
        slot->held);
  }

  template <class Load>
  Handle open_view(std::string_view key, Load&& load) {
    Handle handle = 0;
    const bool known = each_projection([&]<class P>(std::type_identity<P>) {
      ViewKey parsed;
      if (!parse(key, P::name, P::keyed, P::Contract::name, parsed)) return false;
      auto view = std::make_unique<ViewInstance<P>>(parsed);
      if (load(*view)) handle = keep(std::move(view));
      return true;
    });
    if (!known) refuse(FaultCode::unknown_view, key);
    return handle;
  }

  template <class A, class Position>
  bool write_view_keys(std::string_view bytes, Position&& position) {
    Arena arena;
    Reader reader(bytes, arena);
    EventEnvelope envelope;
    out_.push('[');
    const bool ok = read_event(reader, envelope, [&](Reader& data, const EventEnvelope& event, auto&& close) {
      const std::string_view stream = event.stream.value;
      const std::size_t prefix = A::Contract::name.size() + 1;
      if (stream.size() <= prefix || !stream.starts_with(A::Contract::name)) {
        data.fault() = foreign(stream);
        return false;
      }
      const Recorded recorded{stream.substr(prefix), event.version, event.at, event.actor.id};
      return read_event_data<typename A::Contract>(data, event, close, [&](const auto& e) {
        each_projection([&]<class P>(std::type_identity<P>) {
          if constexpr (std::is_same_v<typename P::Contract, typename A::Contract>) {
            crowbar::view_keys<P>(e, recorded, position, out_);
          }
          return false;
        });
      });
    });
    out_.push(']');
    return ok || answer(reader.fault());
  }

  bool answer(const Fault& fault) {
    if (!fault) return true;
    out_.clear();
    write_fault(out_, fault);
    return false;
  }
  bool refuse(FaultCode code, std::string_view name) {
    Fault fault;
    fault.code = code;
    fault.name = name;
    return answer(fault);
  }

  std::string domain_;
  Bytes out_;
  ContextReader context_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace crowbar
