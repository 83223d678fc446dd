// From describe() to the model.
#pragma once

#include <tuple>
#include <utility>
#include <variant>

#include "generate/model.hpp"
#include "kernel/alternatives.hpp"
#include "kernel/decision.hpp"
#include "kernel/event_reader.hpp"
#include "kernel/fault.hpp"

namespace crowbar::generate {

template <Described R>
std::vector<Field> fields_of();

template <class T>
struct TypeOf;
template <Kind K>
struct Plain {
  static Type type() { return {K, {}, {}}; }
};
template <>
struct TypeOf<bool> : Plain<Kind::boolean> {};
template <>
struct TypeOf<std::int64_t> : Plain<Kind::integer> {};
template <>
struct TypeOf<Instant> : Plain<Kind::instant> {};
template <>
struct TypeOf<std::string_view> : Plain<Kind::text> {};
template <class Tag>
struct TypeOf<Id<Tag>> : Plain<Kind::id> {};
template <>
struct TypeOf<Uuid> : Plain<Kind::uuid> {};
template <>
struct TypeOf<StreamName> : Plain<Kind::stream> {};
template <>
struct TypeOf<Raw> : Plain<Kind::json> {};
template <class T>
struct TypeOf<std::optional<T>> : TypeOf<T> {};
template <class T>
struct TypeOf<List<T>> {
  static Type type() { return {Kind::list, {TypeOf<T>::type()}, {}}; }
};
template <class T>
struct TypeOf<Dictionary<T>> {
  static Type type() { return {Kind::dictionary, {TypeOf<T>::type()}, {}}; }
};
template <Described R>
struct TypeOf<R> {
  static Type type() { return {Kind::record, {}, fields_of<R>()}; }
};

template <Described R>
std::vector<Field> fields_of() {
  std::vector<Field> fields;
  each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    const auto& described = field_of<R, I>;
    using Member = typename std::remove_cvref_t<decltype(described)>::Member;
    Field field{described.name, TypeOf<Member>::type(), !is_optional<Member>, {}, {}, described.meaning};
    if constexpr (requires { described.bounds.min; }) {
      field.min = described.bounds.min;
      field.max = described.bounds.max;
    }
    fields.push_back(std::move(field));
    return true;
  });
  return fields;
}

template <Described R>
Record record_of() {
  return {description<R>.name, description<R>.schema, description<R>.meaning, fields_of<R>()};
}

/// The records of a variant or a tuple of them.
template <class Alternatives>
std::vector<Record> records_of() {
  std::vector<Record> records;
  Each<Alternatives>::all([&]<class R>(std::type_identity<R>) { records.push_back(record_of<R>()); });
  return records;
}

template <class A>
Aggregate aggregate_of() {
  using Contract = typename A::Contract;
  Aggregate aggregate{Contract::name,
                      Contract::meaning,
                      records_of<typename Contract::Command>(),
                      records_of<typename Contract::Event>(),
                      records_of<typename Contract::Earlier>(),
                      {},
                      record_of<typename A::Facts>()};
  each_rejection<typename Contract::Rejection>([&](const auto& described) {
    aggregate.rejections.push_back({described.code, name_of(described.outcome), described.sentence});
  });
  return aggregate;
}

template <class P>
View view_of() {
  View view{P::name, P::meaning, P::Contract::name,           P::keyed, P::arranged, readers_of<P>(),
            0,       {},         record_of<typename P::Row>()};
  if constexpr (P::keyed == Keyed::by_page) view.page_size = P::page_size;
  for (const Record& event : records_of<typename P::Hears>()) view.hears.push_back(event.name);
  return view;
}

template <class C>
Context context_of() {
  Context context{C::name, {}, {}};
  Each<typename C::Aggregates>::all(
      [&]<class A>(std::type_identity<A>) { context.aggregates.push_back(aggregate_of<A>()); });
  Each<typename C::Projections>::all([&]<class P>(std::type_identity<P>) { context.views.push_back(view_of<P>()); });
  return context;
}

/// The catalogue of faults, which is the same in every context.
inline std::vector<Refusal> faults() {
  std::vector<Refusal> faults;
  for (int number = 1; number < fault_count; ++number) {  // 0 is that nothing is wrong
    const FaultDescription& fault = describe(static_cast<FaultCode>(number));
    faults.push_back({fault.code, name_of(fault.outcome), fault.sentence});
  }
  return faults;
}

}  // namespace crowbar::generate
