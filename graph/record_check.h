// Is a record one of its article?  What the store refuses to keep.
#pragma once

#include "graph/base/status.h"
#include "graph/record.h"

namespace hearsay {

// kInvalidArgument, naming the place ("statements[3].content[0]: ..."), unless
//   text and metadata are valid UTF-8 and the text is below 4 GiB,
//   every span lies inside the text and on character boundaries,
//   every index lies inside its vector, no statement is its own ancestor,
//   no entity is without mentions and no statement without content.
Status CheckRecord(const Article& article, const Record& record);

}  // namespace hearsay
