# Finds the contexts, aggregates and projections by their folders, so that a new one edits no other file:
#   domain/<context>/<folder>/aggregate.hpp   is crowbar::<context>::<folder>::Aggregate
#   domain/<context>/<folder>/projection.hpp  is crowbar::<context>::<folder>::Projection
# and writes for each context registry/<context>.hpp, and module/<context>/module.hpp, which a module is linked with.

file(GLOB PARTS CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/domain
  ${CMAKE_SOURCE_DIR}/domain/*/*/aggregate.hpp ${CMAKE_SOURCE_DIR}/domain/*/*/projection.hpp)
list(SORT PARTS)

set(CONTEXTS)
foreach(PART ${PARTS})
  string(REGEX REPLACE "/.*" "" CONTEXT ${PART})
  string(REGEX REPLACE "^[^/]*/([^/]*)/.*" "\\1" FOLDER ${PART})
  list(APPEND CONTEXTS ${CONTEXT})
  string(APPEND INCLUDES_${CONTEXT} "#include \"${PART}\"\n")
  if(PART MATCHES "aggregate.hpp$")
    list(APPEND AGGREGATES_${CONTEXT} crowbar::${CONTEXT}::${FOLDER}::Aggregate)
  else()
    list(APPEND PROJECTIONS_${CONTEXT} crowbar::${CONTEXT}::${FOLDER}::Projection)
  endif()
endforeach()
list(REMOVE_DUPLICATES CONTEXTS)

set(GENERATED ${CMAKE_BINARY_DIR}/generated)
set(ALL_INCLUDES)
set(ALL_REGISTRIES)
foreach(CONTEXT ${CONTEXTS})
  list(JOIN AGGREGATES_${CONTEXT} ", " AGGREGATES)
  list(JOIN PROJECTIONS_${CONTEXT} ", " PROJECTIONS)
  file(CONFIGURE OUTPUT ${GENERATED}/registry/${CONTEXT}.hpp CONTENT
"// Written by domain/cmake/contexts.cmake from the folders of domain/${CONTEXT}.
#pragma once

${INCLUDES_${CONTEXT}}
namespace crowbar::registry {

struct ${CONTEXT} {
  static constexpr std::string_view name = \"${CONTEXT}\";
  using Aggregates = std::tuple<${AGGREGATES}>;
  using Projections = std::tuple<${PROJECTIONS}>;
};

}  // namespace crowbar::registry
")
  file(CONFIGURE OUTPUT ${GENERATED}/module/${CONTEXT}/module.hpp CONTENT
"// Written by domain/cmake/contexts.cmake.
#pragma once

#include \"registry/${CONTEXT}.hpp\"

namespace crowbar {
using Module = registry::${CONTEXT};
}
")
  string(APPEND ALL_INCLUDES "#include \"registry/${CONTEXT}.hpp\"\n")
  list(APPEND ALL_REGISTRIES registry::${CONTEXT})
endforeach()

list(JOIN ALL_REGISTRIES ", " REGISTRIES)
file(CONFIGURE OUTPUT ${GENERATED}/registry/contexts.hpp CONTENT
"// Written by domain/cmake/contexts.cmake: every context.
#pragma once

${ALL_INCLUDES}
namespace crowbar::registry {
using Contexts = std::tuple<${REGISTRIES}>;
}
")
