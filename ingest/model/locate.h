// Where the weights of the model are.
#pragma once

#include <filesystem>

#include "graph/base/result.h"

namespace hearsay::model {

// The first of these that there is: the file that the environment variable HEARSAY_MODEL names;
// hearsay-en.safetensors beside the program; the same in ../share/hearsay from there; the one of
// the source tree that the program was built from.  kNotFound names all of them; if HEARSAY_MODEL
// is set, nothing else is looked at.
Result<std::filesystem::path> LocateWeights();

}  // namespace hearsay::model
