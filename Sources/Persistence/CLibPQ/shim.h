// libpq is the reference client of PostgreSQL. pkg-config gives the directory of its header.
#include <libpq-fe.h>
