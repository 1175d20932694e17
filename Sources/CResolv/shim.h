#include <netinet/in.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

// libresolv's functions are macros, and its state has unions and bit fields, which Swift can't reach.

// What came of a question.
enum {
    PLINTH_DNS_NONE = 0,
    PLINTH_DNS_FAILED = -1,
};

// Asks for the TXT records of a name, taken as it is: no search list, no local names.
//
// server: the one to ask, as an IPv4 address in text form; NULL for those of the system.
// Returns the length of the answer, PLINTH_DNS_NONE where there is none, PLINTH_DNS_FAILED.
static inline int plinth_dns_ask_texts(
    const char *name, const char *server, unsigned short port, int seconds, int tries, unsigned char *answer,
    int capacity
) {
    struct __res_state state;
    memset(&state, 0, sizeof(state));
    if (res_ninit(&state) != 0) return PLINTH_DNS_FAILED;
    if (server != NULL) {
        struct sockaddr_in address;
        memset(&address, 0, sizeof(address));
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        if (inet_pton(AF_INET, server, &address.sin_addr) != 1) {
            res_nclose(&state);
            return PLINTH_DNS_FAILED;
        }
        state.nscount = 1;
        state.nsaddr_list[0] = address;
    }
    state.retrans = seconds;
    state.retry = tries;
    int length = res_nquery(&state, name, ns_c_in, ns_t_txt, answer, capacity);
    int error = state.res_h_errno;
    res_nclose(&state);
    if (length > 0) return length;
    return error == HOST_NOT_FOUND || error == NO_DATA ? PLINTH_DNS_NONE : PLINTH_DNS_FAILED;
}

// The data of one record of an answer.
//
// Returns 1 for a TXT record, whose data it gives, 0 for another one, -1 where there is no such record or the answer is broken.
static inline int plinth_dns_text(
    const unsigned char *answer, int length, int index, const unsigned char **data, int *data_length
) {
    ns_msg message;
    ns_rr record;
    if (ns_initparse(answer, length, &message) != 0) return -1;
    if (ns_parserr(&message, ns_s_an, index, &record) != 0) return -1;
    if (ns_rr_type(record) != ns_t_txt || ns_rr_class(record) != ns_c_in) return 0;
    *data = ns_rr_rdata(record);
    *data_length = ns_rr_rdlen(record);
    return 1;
}
