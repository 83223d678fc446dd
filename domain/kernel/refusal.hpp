// How a "no" is written: `{"code","message","pointer"?,"params"?}`, whoever says it.
#pragma once

#include <string_view>

#include "kernel/decision.hpp"
#include "kernel/fault.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// Writes a fault. The text of its name is cut at 128 bytes, between code points.
void write_fault(Bytes& out, const Fault& fault);

/// Writes the verdict that a fault is: `{"accepted":false,"rejection":{…}}`.
void write_refused(Bytes& out, const Fault& fault);

/// Writes a rejection. `stream` and `actor` are what its sentence may name.
void write_rejection(Bytes& out, Text code, Text sentence, const Reason& reason, Text stream, Text actor);

}  // namespace crowbar
