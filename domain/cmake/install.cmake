# `cmake --install build/dev --prefix WHERE`: a package that find_package(crowbar CONFIG) finds.
#   crowbar::kernel, crowbar::<context>   static libraries, headers under include/crowbar with the registry of contexts
#   crowbar::json                         json/json.hpp, where nlohmann_json 3.11 is there
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/crowbar)
set(HEADERS_DIR ${CMAKE_INSTALL_INCLUDEDIR}/crowbar)

set(LIBRARIES kernel ${CONTEXTS})
foreach(LIBRARY ${LIBRARIES} json)
  set_target_properties(crowbar-${LIBRARY} PROPERTIES EXPORT_NAME ${LIBRARY}) # crowbar::kernel, as within the tree
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/domain/${LIBRARY} DESTINATION ${HEADERS_DIR} FILES_MATCHING PATTERN *.hpp)
endforeach()
install(DIRECTORY ${GENERATED}/registry DESTINATION ${HEADERS_DIR} FILES_MATCHING PATTERN *.hpp)

list(TRANSFORM LIBRARIES PREPEND crowbar- OUTPUT_VARIABLE TARGETS)
install(TARGETS ${TARGETS} EXPORT crowbar ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT crowbar NAMESPACE crowbar:: FILE crowbarTargets.cmake DESTINATION ${PACKAGE_DIR})
# A set of its own: who has no nlohmann_json still uses the rest.
install(TARGETS crowbar-json EXPORT crowbar-json)
install(EXPORT crowbar-json NAMESPACE crowbar:: FILE crowbarJson.cmake DESTINATION ${PACKAGE_DIR})
if(TARGET crowbar-core)
  install(TARGETS crowbar-core RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/crowbarConfig.cmake.in ${GENERATED}/crowbarConfig.cmake
                              INSTALL_DESTINATION ${PACKAGE_DIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${GENERATED}/crowbarConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${GENERATED}/crowbarConfig.cmake ${GENERATED}/crowbarConfigVersion.cmake DESTINATION ${PACKAGE_DIR})
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
