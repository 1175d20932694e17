#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// libcurl's setter takes a variable argument, which Swift can't pass: one for each type.

static inline CURLcode plinth_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode plinth_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode plinth_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode plinth_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode plinth_curl_set_mime(CURL *handle, curl_mime *value) {
    return curl_easy_setopt(handle, CURLOPT_MIMEPOST, value);
}

typedef size_t (*plinth_curl_data)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode plinth_curl_set_data(CURL *handle, CURLoption option, plinth_curl_data value) {
    return curl_easy_setopt(handle, option, value);
}

typedef int (*plinth_curl_progress)(
    void *context, curl_off_t download_total, curl_off_t downloaded, curl_off_t upload_total, curl_off_t uploaded);

static inline CURLcode plinth_curl_set_progress(CURL *handle, plinth_curl_progress value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

typedef int (*plinth_curl_debug)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *context);

static inline CURLcode plinth_curl_set_debug(CURL *handle, plinth_curl_debug value) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode plinth_curl_prepare(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
