# Installs, moves the result (a package that knows where it was built would break), and builds and runs the consumer.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${SCRATCH})

function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE OUTPUT ERROR_VARIABLE OUTPUT RESULT_VARIABLE RESULT)
  if(NOT RESULT EQUAL 0)
    list(JOIN ARGV " " COMMAND)
    message(FATAL_ERROR "${COMMAND}\n${OUTPUT}")
  endif()
  set(OUTPUT ${OUTPUT} PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/made)
file(RENAME ${SCRATCH}/made ${SCRATCH}/installed)

# Every header of the libraries, by the name that an include has: one that is not installed does not compile there.
string(REPLACE "," ";" FOLDERS ${FOLDERS})
set(HEADERS)
foreach(FOLDER ${FOLDERS})
  file(GLOB_RECURSE FOUND RELATIVE ${DOMAIN} ${DOMAIN}/${FOLDER}/*.hpp)
  list(APPEND HEADERS ${FOUND})
endforeach()
file(GLOB_RECURSE FOUND RELATIVE ${GENERATED} ${GENERATED}/registry/*.hpp)
list(APPEND HEADERS ${FOUND})
list(TRANSFORM HEADERS REPLACE "(.+)" "#include \"\\1\"\n")
list(JOIN HEADERS "" INCLUDES)
file(WRITE ${SCRATCH}/every_header.cpp "${INCLUDES}")

run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -B ${SCRATCH}/build -G ${GENERATOR}
    -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${SCRATCH}/installed -D CROWBAR_VERSION=${VERSION}
    -D EVERY_HEADER=${SCRATCH}/every_header.cpp)
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/consumer)

file(READ ${CMAKE_CURRENT_LIST_DIR}/consumer/verdict.jsonl EXPECTED)
if(NOT OUTPUT STREQUAL EXPECTED)
  message(FATAL_ERROR "The consumer printed\n${OUTPUT}\nand not\n${EXPECTED}")
endif()
run(${SCRATCH}/installed/bin/crowbar-core --help)
