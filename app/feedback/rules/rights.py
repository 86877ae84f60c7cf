"""The permissions that cases and the restricted inbox ask for, by short names."""

VIEW, HANDLE, LEAD = "feedback:case:view", "feedback:case:handle", "feedback:case:lead"
RESTRICTED = "feedback:restricted:handle"
